//! Addresses of the services, as people write them.

use crate::business::Services;
use crate::folder::Folder;
use crate::served::Served;

async fn crosses(freshbooks: &str, cin7: &str) {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let file = folder.file("acme.toml", &acme.file());
    let freshbooks = format!("{}{freshbooks}", services.freshbooks.url());
    let root = services.cin7.url();
    let root = root.strip_suffix("/ExternalApi/v2/").unwrap();
    let cin7 = format!("{root}{cin7}");
    let served = Served::start(folder.command(&freshbooks, &cin7, &[file])).await;
    let id = services.invoice(&acme, 700);
    served.deliver(&acme, &id).await;
    served.until(&acme, &id, "confirmed").await;
    assert_eq!(services.held(&acme, &id).len(), 1);
}

#[tokio::test]
async fn cin7_without_a_path_gets_its_own_and_final_slashes_may_be_left_out() {
    crosses("", "").await;
}

#[tokio::test]
async fn cin7_with_nothing_but_a_slash_gets_its_own_path() {
    crosses("/", "/").await;
}

#[tokio::test]
async fn cin7_with_its_path_may_end_without_a_slash() {
    crosses("", "/ExternalApi/v2").await;
}
