"""Holds template.yaml to what each function may do, and to the few numbers that depend on each other.

Least privilege is a promise, so it is written down twice: in the template, where it takes effect,
and in GRANTS below, where it can be read in one glance. They have to agree, in both directions.

    python tools/check_template.py [template.yaml]
"""

import json
import re
import sys
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

TABLE = "LedgerTable"
INDEXES = "LedgerTable/index/*"
QUEUE = "WorkQueue"
KEY = "CredentialsKey"
HERE = "${AWS::Partition}:%s:${AWS::Region}:${AWS::AccountId}"
SCHEDULES = f"arn:{HERE % 'scheduler'}:schedule/${{ConnectionSchedules}}/*"
# By name: see PollerFunction.
POLLER_NAME = "${AWS::StackName}-poller"
POLLER = f"arn:{HERE % 'lambda'}:function:{POLLER_NAME}"
TO_SCHEDULER = json.dumps({"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}})
SCHEDULING = {
    ("scheduler:CreateSchedule", SCHEDULES, ()),
    ("scheduler:UpdateSchedule", SCHEDULES, ()),
    ("scheduler:GetSchedule", SCHEDULES, ()),
    ("scheduler:DeleteSchedule", SCHEDULES, ()),
    ("iam:PassRole", "SchedulerRole", (TO_SCHEDULER,)),
}

# What the webhook may change of a callback's row: a handshake is kept aside, a spent verifier dropped.
HANDSHAKE = json.dumps(
    {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": "CONN#*"},
        "ForAllValues:StringEquals": {
            "dynamodb:Attributes": ["pk", "sk", "state", "callback_id", "offered", "previous", "seed", "version"]
        },
        "StringEqualsIfExists": {"dynamodb:ReturnValues": ["NONE", "UPDATED_OLD", "UPDATED_NEW"]},
    }
)

# role -> every (action, resource, purposes for which a key may be used)
GRANTS = {
    "WebhookRole": {
        ("logs:CreateLogStream", "WebhookLog", ()),
        ("logs:PutLogEvents", "WebhookLog", ()),
        ("dynamodb:GetItem", TABLE, ()),
        ("dynamodb:UpdateItem", TABLE, (HANDSHAKE,)),
        ("kms:Decrypt", KEY, ("verifier",)),
        ("kms:GenerateDataKey", KEY, ("verifier",)),
        ("sqs:SendMessage", QUEUE, ()),
    },
    "ProcessorRole": {
        ("logs:CreateLogStream", "ProcessorLog", ()),
        ("logs:PutLogEvents", "ProcessorLog", ()),
        ("dynamodb:GetItem", TABLE, ()),
        ("dynamodb:PutItem", TABLE, ()),
        ("dynamodb:UpdateItem", TABLE, ()),
        ("dynamodb:ConditionCheckItem", TABLE, ()),
        ("dynamodb:Query", TABLE, ()),
        ("dynamodb:Query", INDEXES, ()),
        ("kms:Decrypt", KEY, ("oauth", "cin7_keys")),
        ("kms:GenerateDataKey", KEY, ("oauth", "cin7_keys")),
        ("sqs:ReceiveMessage", QUEUE, ()),
        ("sqs:DeleteMessage", QUEUE, ()),
        ("sqs:ChangeMessageVisibility", QUEUE, ()),
        ("sqs:GetQueueAttributes", QUEUE, ()),
        ("sqs:SendMessage", QUEUE, ()),
    },
    "PollerRole": {
        ("logs:CreateLogStream", "PollerLog", ()),
        ("logs:PutLogEvents", "PollerLog", ()),
        ("dynamodb:GetItem", TABLE, ()),
        ("dynamodb:PutItem", TABLE, ()),
        ("dynamodb:UpdateItem", TABLE, ()),
        ("dynamodb:ConditionCheckItem", TABLE, ()),
        ("dynamodb:Query", TABLE, ()),
        ("dynamodb:Query", INDEXES, ()),
        ("kms:Decrypt", KEY, ("oauth", "cin7_keys", "verifier")),
        ("kms:GenerateDataKey", KEY, ("oauth", "cin7_keys", "verifier")),
        ("sqs:SendMessage", QUEUE, ()),
        *SCHEDULING,
    },
    "ConsoleRole": {
        ("logs:CreateLogStream", "ConsoleLog", ()),
        ("logs:PutLogEvents", "ConsoleLog", ()),
        ("dynamodb:GetItem", TABLE, ()),
        ("dynamodb:PutItem", TABLE, ()),
        ("dynamodb:UpdateItem", TABLE, ()),
        ("dynamodb:DeleteItem", TABLE, ()),
        ("dynamodb:BatchWriteItem", TABLE, ()),
        ("dynamodb:ConditionCheckItem", TABLE, ()),
        ("dynamodb:Query", TABLE, ()),
        ("dynamodb:Query", INDEXES, ()),
        ("kms:Decrypt", KEY, ("verifier", "oauth", "cin7_keys")),
        ("kms:GenerateDataKey", KEY, ("verifier", "oauth", "cin7_keys")),
        ("kms:ReEncryptFrom", KEY, ("verifier", "oauth", "cin7_keys")),
        ("kms:ReEncryptTo", KEY, ("verifier", "oauth", "cin7_keys")),
        ("kms:DescribeKey", KEY, ()),
        *SCHEDULING,
    },
    "SchedulerRole": {("lambda:InvokeFunction", POLLER, ())},
}

# function -> its role and every environment variable it is given
FUNCTIONS = {
    "WebhookFunction": ("WebhookRole", {"TABLE_NAME", "QUEUE_URL", "RUST_LOG", "KEY_ID"}),
    "ProcessorFunction": (
        "ProcessorRole",
        {"TABLE_NAME", "QUEUE_URL", "RUST_LOG", "KEY_ID", "FRESHBOOKS_URL"}
        | {"CIN7_URL", "CIN7_LIMIT", "CIN7_WINDOW", "RETRY_SCHEDULE"},
    ),
    "PollerFunction": (
        "PollerRole",
        {"TABLE_NAME", "QUEUE_URL", "RUST_LOG", "KEY_ID", "PUBLIC_URL", "FRESHBOOKS_URL"}
        | {"CIN7_URL", "CIN7_LIMIT", "CIN7_WINDOW"}
        | {"SCHEDULE_GROUP", "POLLER_ARN", "SCHEDULER_ROLE_ARN"},
    ),
    "ConsoleFunction": (
        "ConsoleRole",
        {"TABLE_NAME", "RUST_LOG", "KEY_ID", "FRESHBOOKS_URL", "FRESHBOOKS_AUTH_URL", "PUBLIC_URL"}
        | {"CIN7_URL", "CIN7_LIMIT", "CIN7_WINDOW"}
        | {"SCHEDULE_GROUP", "POLLER_ARN", "SCHEDULER_ROLE_ARN"},
    ),
}

# What may be called without AWS credentials is guarded otherwise: deliveries by their signature, the
# two pages of consent by a ticket and a state. All else that comes in meets the IAM authorizer.
DELIVERY = "POST /freshbooks/{connection}/{noun}"
CONSOLE = "ANY /{proxy+}"
ROUTES = {DELIVERY: "WebhookIntegration", CONSOLE: "ConsoleIntegration"}
INTEGRATIONS = {"WebhookIntegration": "WebhookFunction", "ConsoleIntegration": "ConsoleFunction"}
OPENAPI = Path(__file__).parent.parent / "functions" / "console" / "openapi.json"

# Parts of a role or function that would grant something this file does not see.
BACK_DOORS = {
    "AWS::IAM::Role": ["ManagedPolicyArns"],
    "AWS::Serverless::Function": ["Policies", "Connectors"],
}
GRANTING_TYPES = {
    "AWS::IAM::Policy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::RolePolicy",
    "AWS::Serverless::Connector",
}


def main(path):
    template = yaml_parse(Path(path).read_text(encoding="utf-8"))
    found = problems(template)
    for problem in found:
        print(f"{path}: {problem}", file=sys.stderr)
    if not found:
        grants = sum(len(expected) for expected in GRANTS.values())
        print(f"{path}: {len(GRANTS)} roles with {grants} grants, as listed")
    return 1 if found else 0


def problems(template):
    """Every way in which the template is not what this file says, as sentences."""
    resources = template["Resources"]
    return [
        *role_problems(resources),
        *back_door_problems(resources),
        *function_problems(template),
        *route_problems(resources, open_routes(OPENAPI)),
        *invocation_problems(resources),
        *queue_problems(template),
        *schedule_problems(resources),
        *dashboard_problems(resources),
    ]


def role_problems(resources):
    roles = {name for name, resource in resources.items() if resource["Type"] == "AWS::IAM::Role"}
    for name in sorted(roles ^ GRANTS.keys()):
        yield f"{name} is a role in only one of the template and check_template.py"
    for name in sorted(roles & GRANTS.keys()):
        granted = set(grants_of(resources[name]["Properties"]))
        for grant in sorted(granted - GRANTS[name]):
            yield f"{name} is granted {said(grant)}, which check_template.py does not list"
        for grant in sorted(GRANTS[name] - granted):
            yield f"{name} is not granted {said(grant)}, which check_template.py lists"


def grants_of(role):
    """Flattens a role's policies. Whatever is written in an unexpected way stays as it is, and so
    cannot equal anything in GRANTS."""
    for policy in role.get("Policies", []):
        for statement in listed(policy["PolicyDocument"]["Statement"]):
            purposes = purposes_of(statement.get("Condition"))
            for action in listed(statement.get("Action", "NotAction")):
                for resource in listed(statement.get("Resource", "NotResource")):
                    grant = (action, resource_name(resource), purposes)
                    yield grant if statement["Effect"] == "Allow" else (f"deny {action}", *grant[1:])


def purposes_of(condition):
    if condition is None:
        return ()
    wanted = condition.get("StringEquals", {}).get("kms:EncryptionContext:purpose")
    only = condition == {"StringEquals": {"kms:EncryptionContext:purpose": wanted}}
    return tuple(listed(wanted)) if only else (json.dumps(condition),)


def resource_name(resource):
    if isinstance(resource, dict):
        match resource:
            case {"Fn::GetAtt": [name, "Arn"]}:
                return name
            case {"Fn::Sub": str(text)}:
                return re.sub(r"\$\{(\w+)\.Arn\}", r"\1", text)
    return str(resource)


def back_door_problems(resources):
    for name, resource in resources.items():
        if resource["Type"] in GRANTING_TYPES:
            yield f"{name} ({resource['Type']}) grants in a place check_template.py does not read"
        for key in BACK_DOORS.get(resource["Type"], []):
            if key in resource.get("Properties", {}) or key in resource:
                yield f"{name} has {key}, a grant check_template.py does not read"


def function_problems(template):
    resources = template["Resources"]
    shared = template["Globals"]["Function"]["Environment"]["Variables"]
    kind = "AWS::Serverless::Function"
    functions = {name for name, resource in resources.items() if resource["Type"] == kind}
    for name in sorted(functions ^ FUNCTIONS.keys()):
        yield f"{name} is a function in only one of the template and check_template.py"
    for name in sorted(functions & FUNCTIONS.keys()):
        role, expected = FUNCTIONS[name]
        function = resources[name]["Properties"]
        if function.get("Role") != {"Fn::GetAtt": [role, "Arn"]}:
            yield f"{name} does not run as {role}"
        own = function.get("Environment", {}).get("Variables", {})
        for variable in sorted((own.keys() | shared.keys()) ^ expected):
            yield f"{name}: {variable} is given in only one of the template and check_template.py"


def open_routes(document):
    """The console's own routes that need no signature, by the document that its tests hold it to."""
    paths = json.loads(document.read_text(encoding="utf-8"))["paths"]
    operations = ((method, path, it) for path, all_of in paths.items() for method, it in all_of.items())
    return {f"{method.upper()} {path}" for method, path, it in operations if it.get("security") == []}


def route_problems(resources, console_open):
    """Exactly these routes, and the authorizer on all but those that are guarded otherwise."""
    expected = ROUTES | {key: ROUTES[CONSOLE] for key in console_open}
    routes = {r["RouteKey"]: (name, r) for name, r in of_type(resources, "AWS::ApiGatewayV2::Route")}
    for key in sorted(routes.keys() ^ expected.keys()):
        yield f"{key} is a route in only one of the template and check_template.py or openapi.json"
    for key in sorted(routes.keys() & expected.keys()):
        name, route = routes[key]
        wanted = "NONE" if key == DELIVERY or key in console_open else "AWS_IAM"
        if route.get("AuthorizationType") != wanted:
            yield f"{name}: {key} has the authorizer {route.get('AuthorizationType')}, not {wanted}"
        if route.get("Target") != {"Fn::Sub": f"integrations/${{{expected[key]}}}"}:
            yield f"{name}: {key} does not lead to {expected[key]}"
    if len(routes) != len(of_type(resources, "AWS::ApiGatewayV2::Route")):
        yield "two routes have the same key"


def invocation_problems(resources):
    """Only the gateway calls the functions behind it: an event or address of their own would let
    callers past the authorizer."""
    for name, integration in of_type(resources, "AWS::ApiGatewayV2::Integration"):
        wanted = {"Fn::GetAtt": [INTEGRATIONS.get(name), "Arn"]}
        if integration.get("IntegrationUri") != wanted or integration.get("CredentialsArn"):
            yield f"{name} does not lead to {INTEGRATIONS.get(name)} alone"
    for name, permission in of_type(resources, "AWS::Lambda::Permission"):
        source = json.dumps(permission.get("SourceArn"))
        if permission.get("Principal") != "apigateway.amazonaws.com" or "${Gateway}/*" not in source:
            yield f"{name} lets others than the gateway call the function"
    for name, function in of_type(resources, "AWS::Serverless::Function"):
        if "FunctionUrlConfig" in function:
            yield f"{name} has FunctionUrlConfig, an address past the gateway"
        for event, it in function.get("Events", {}).items():
            if it["Type"] in ("HttpApi", "Api"):
                yield f"{name}: {event} is a route of a gateway that check_template.py does not read"


def of_type(resources, kind):
    return [(name, resource["Properties"]) for name, resource in resources.items() if resource["Type"] == kind]


def queue_problems(template):
    resources = template["Resources"]
    queue = resources["WorkQueue"]["Properties"]
    timeout = resources["ProcessorFunction"]["Properties"]["Timeout"]
    if queue["VisibilityTimeout"] < 6 * timeout:
        yield "WorkQueue: VisibilityTimeout is less than 6 times the processor's time-out"
    if resources["WebhookFunction"]["Properties"]["Timeout"] >= 10:
        yield "WebhookFunction: FreshBooks waits 10 s for an answer, the time-out has to be less"


def schedule_problems(resources):
    """The poller has the name by which schedules start it, and both functions give them that address."""
    if resources["PollerFunction"]["Properties"].get("FunctionName") != {"Fn::Sub": POLLER_NAME}:
        yield f"PollerFunction is not named {POLLER_NAME}, which is what schedules start"
    for name in ("PollerFunction", "ConsoleFunction"):
        variables = resources[name]["Properties"]["Environment"]["Variables"]
        if variables.get("POLLER_ARN") != {"Fn::Sub": POLLER}:
            yield f"{name}: POLLER_ARN is not {POLLER}"


def dashboard_problems(resources):
    body = resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    try:
        widgets = json.loads(body)["widgets"]
    except ValueError as error:
        yield f"Dashboard: the body is not JSON ({error})"
        return
    alarms = {name for name, resource in resources.items() if resource["Type"] == "AWS::CloudWatch::Alarm"}
    shown = set(re.findall(r"\$\{(\w+)\.Arn\}", json.dumps(widgets)))
    for name in sorted(alarms ^ shown):
        yield f"Dashboard: {name} is an alarm that exists or is shown, but not both"


def listed(value):
    return value if isinstance(value, list) else [value]


def said(grant):
    action, resource, purposes = grant
    return f"{action} on {resource}" + (f" for {' or '.join(purposes)}" if purposes else "")


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["template.yaml"])))
