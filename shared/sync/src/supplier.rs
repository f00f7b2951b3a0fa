//! The supplier of what was bought: linked once, found by exact name, else created.

use cin7::{NewSupplier, Supplier, Writer};
use mapping::{WantedSupplier, plan_supplier, supplier_names};
use money::Currency;

use crate::facts::Known;
use crate::partner::{self, BY_NAME, Found, Place};
use crate::steps::NewPartner as _;
use crate::stop::Stop;
use crate::work::Work;

/// Where the link of a vendor is kept. A Cin7 supplier has one currency; a vendor that bills in two is
/// two suppliers.
pub(crate) fn of_vendor(vendor_id: &str, currency: Currency) -> Place {
    place("vendor", format!("{vendor_id}#{currency}"))
}

/// Where the link of a supplier is kept of which FreshBooks knows nothing but the name.
pub(crate) fn of_name(wanted: &WantedSupplier, currency: Currency) -> Place {
    let name = wanted.name.to_lowercase();
    place("vendor_name", format!("{name}#{currency}"))
}

fn place(kind: &'static str, entry: String) -> Place {
    Place {
        kind,
        entry,
        partner: NewSupplier::STEP,
        told: "supplier linked",
    }
}

/// The id of a supplier, which is found or made if it is not linked yet.
pub(crate) async fn resolve(
    work: &mut Work<'_>,
    (wanted, currency): (&WantedSupplier, Currency),
    place: &Place,
    known: &Known,
    writer: &Writer,
) -> Result<String, Stop> {
    let id = match partner::linked(work, place).await? {
        Some(id) => id,
        None => {
            let found = find_or_create(work, (wanted, currency), known, writer).await?;
            partner::keep_link(work, place, found).await?
        }
    };
    work.record.cin7.supplier_id = Some(id.clone());
    Ok(id)
}

async fn find_or_create(
    work: &mut Work<'_>,
    (wanted, currency): (&WantedSupplier, Currency),
    known: &Known,
    writer: &Writer,
) -> Result<Found, Stop> {
    let subject = work.subject();
    let names = supplier_names(wanted, currency);
    let among = (writer.reader(), [].as_slice());
    let known_names = partner::named::<NewSupplier>(&subject, (&names, currency), among).await?;
    if let Some(Supplier { id, name, .. }) = known_names.there {
        partner::settle_step(work, NewSupplier::STEP, &id);
        let how = BY_NAME;
        return Ok(Found { id, name, how });
    }
    let Some(name) = known_names.free else {
        let stop = partner::in_other_currencies::<NewSupplier>(&subject, &names, currency);
        return Err(stop);
    };
    let mut supplier = plan_supplier(wanted, currency, &work.settings, &known.facts())?;
    supplier.name = name;
    partner::make(work, supplier, writer).await
}
