"""check_template.py is only worth something if it notices: each test spoils the real template once."""

import copy
import unittest
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

from check_template import problems

TEMPLATE = yaml_parse((Path(__file__).parent.parent / "template.yaml").read_text(encoding="utf-8"))


class CheckTemplate(unittest.TestCase):
    def setUp(self):
        self.template = copy.deepcopy(TEMPLATE)
        self.resources = self.template["Resources"]

    def statement(self, role, sid):
        policies = self.resources[role]["Properties"]["Policies"]
        statements = policies[0]["PolicyDocument"]["Statement"]
        return next(statement for statement in statements if statement["Sid"] == sid)

    def assert_noticed(self, *words):
        found = problems(self.template)
        self.assertTrue(
            any(all(word in problem for word in words) for problem in found),
            f"{words} not in {found}",
        )

    def test_the_template_as_it_is_has_no_problem(self):
        self.assertEqual(problems(self.template), [])

    def test_an_action_too_many_is_noticed(self):
        self.statement("WebhookRole", "QueueTheDelivery")["Action"] = ["sqs:SendMessage", "sqs:PurgeQueue"]
        self.assert_noticed("WebhookRole", "sqs:PurgeQueue")

    def test_an_action_too_few_is_noticed(self):
        self.statement("PollerRole", "KeepTheLedger")["Action"].remove("dynamodb:PutItem")
        self.assert_noticed("PollerRole is not granted dynamodb:PutItem")

    def test_a_wildcard_is_noticed(self):
        self.statement("ProcessorRole", "KeepTheLedger")["Action"] = "dynamodb:*"
        self.assert_noticed("ProcessorRole", "dynamodb:*")

    def test_a_wider_resource_is_noticed(self):
        self.statement("PollerRole", "QueueWhatIsDue")["Resource"] = "*"
        self.assert_noticed("PollerRole", "sqs:SendMessage on *")

    def test_a_key_that_opens_for_any_purpose_is_noticed(self):
        del self.statement("WebhookRole", "OpenAndSealTheVerifier")["Condition"]
        self.assert_noticed("WebhookRole is granted kms:Decrypt on CredentialsKey,")

    def test_a_key_that_opens_for_another_purpose_is_noticed(self):
        condition = self.statement("WebhookRole", "OpenAndSealTheVerifier")["Condition"]
        condition["StringEquals"]["kms:EncryptionContext:purpose"] = ["verifier", "cin7_keys"]
        self.assert_noticed("WebhookRole", "verifier or cin7_keys")

    def test_a_condition_that_also_lets_others_in_is_noticed(self):
        statement = self.statement("WebhookRole", "OpenAndSealTheVerifier")
        statement["Condition"] = {"StringLike": {"kms:EncryptionContext:purpose": "*"}}
        self.assert_noticed("WebhookRole", "StringLike")

    def test_everything_but_one_action_is_noticed(self):
        statement = self.statement("WebhookRole", "ReadTheVerifier")
        statement["NotAction"] = statement.pop("Action")
        self.assert_noticed("WebhookRole", "NotAction")

    def test_a_managed_policy_is_noticed(self):
        arn = "arn:aws:iam::aws:policy/AdministratorAccess"
        self.resources["WebhookRole"]["Properties"]["ManagedPolicyArns"] = [arn]
        self.assert_noticed("WebhookRole", "ManagedPolicyArns")

    def test_a_policy_beside_the_roles_is_noticed(self):
        self.resources["Extra"] = {"Type": "AWS::IAM::Policy", "Properties": {}}
        self.assert_noticed("Extra")

    def test_a_function_with_another_functions_role_is_noticed(self):
        processor = self.resources["ProcessorFunction"]["Properties"]["Role"]
        self.resources["WebhookFunction"]["Properties"]["Role"] = processor
        self.assert_noticed("WebhookFunction does not run as WebhookRole")

    def test_a_function_nobody_listed_is_noticed(self):
        self.resources["Extra"] = {"Type": "AWS::Serverless::Function", "Properties": {}}
        self.assert_noticed("Extra is a function")

    def test_a_variable_more_is_noticed(self):
        function = self.resources["WebhookFunction"]["Properties"]
        function["Environment"] = {"Variables": {"CIN7_APPLICATION_KEY": "x"}}
        self.assert_noticed("WebhookFunction", "CIN7_APPLICATION_KEY")

    def test_a_queue_that_shows_a_message_again_too_early_is_noticed(self):
        self.resources["ProcessorFunction"]["Properties"]["Timeout"] = 121
        self.assert_noticed("VisibilityTimeout")

    def test_a_route_of_the_console_without_the_authorizer_is_noticed(self):
        self.resources["ConsoleRoute"]["Properties"]["AuthorizationType"] = "NONE"
        self.assert_noticed("ConsoleRoute", "NONE, not AWS_IAM")

    def test_a_route_without_any_word_on_its_authorizer_is_noticed(self):
        del self.resources["ConsoleRoute"]["Properties"]["AuthorizationType"]
        self.assert_noticed("ConsoleRoute", "None, not AWS_IAM")

    def test_an_authorizer_where_browsers_come_back_is_noticed(self):
        self.resources["ConsentAnswerRoute"]["Properties"]["AuthorizationType"] = "AWS_IAM"
        self.assert_noticed("ConsentAnswerRoute", "AWS_IAM, not NONE")

    def test_a_route_more_is_noticed(self):
        route = copy.deepcopy(self.resources["ConsentRoute"])
        route["Properties"]["RouteKey"] = "GET /connections"
        self.resources["Extra"] = route
        self.assert_noticed("GET /connections is a route in only one")

    def test_a_route_less_is_noticed(self):
        del self.resources["ConsentRoute"]
        self.assert_noticed("GET /consent/{ticket} is a route in only one")

    def test_a_route_that_leads_to_another_function_is_noticed(self):
        self.resources["DeliveryRoute"]["Properties"]["Target"] = {"Fn::Sub": "integrations/${ConsoleIntegration}"}
        self.assert_noticed("DeliveryRoute", "does not lead to WebhookIntegration")

    def test_a_function_that_anybody_may_call_is_noticed(self):
        self.resources["ConsolePermission"]["Properties"]["Principal"] = "*"
        self.assert_noticed("ConsolePermission")

    def test_an_address_past_the_gateway_is_noticed(self):
        self.resources["ConsoleFunction"]["Properties"]["FunctionUrlConfig"] = {"AuthType": "NONE"}
        self.assert_noticed("ConsoleFunction has FunctionUrlConfig")

    def test_an_alarm_that_is_not_on_the_dashboard_is_noticed(self):
        self.resources["Extra"] = {"Type": "AWS::CloudWatch::Alarm", "Properties": {}}
        self.assert_noticed("Dashboard", "Extra")


if __name__ == "__main__":
    unittest.main()
