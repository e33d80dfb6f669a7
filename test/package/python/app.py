"""An app with each kind of integration, and internal access. `same-app.ts` is this app in TypeScript: keep them alike."""
import sys

from aws_cdk import App, Duration, Stack, Validations
from aws_cdk.aws_iam import AccountPrincipal
from aws_cdk.aws_s3 import Bucket
from cdk_bucket_integrations import (
    AccessKeyIntegration,
    AssumedRoleIntegration,
    Capability,
    ClientBucket,
    ConfinementChecks,
    DirectTrustIntegration,
    IdentityProvider,
    InternalAccess,
    KeySlot,
    RolesAnywhereIntegration,
    Status,
    WebIdentityIntegration,
)

outdir, certificate = sys.argv[1:3]
leak = sys.argv[3:] == ["leak"]


class KohlerStack(Stack):
    def __init__(self, scope: App, id: str) -> None:
        super().__init__(scope, id)
        client_bucket = ClientBucket(
            self, "Bucket", client_name="kohler", expire_old_versions_after=Duration.days(30), create_encryption_key=True
        )

        reltio = AssumedRoleIntegration(
            self,
            "Reltio",
            client_bucket=client_bucket,
            vendor_name="reltio",
            principals=["arn:aws:iam::123456789876:user/reltio.platform.jobs"],
            external_ids=["5ez83245-6b31-4df3-9bd2-0a0t25b3f9c9zz"],
            access=[Capability.LIST, Capability.WRITE],
        )
        assert reltio.role_name == "kohler_reltio"
        assert client_bucket.is_created and client_bucket.bucket.stack is self

        DirectTrustIntegration(
            self,
            "Warehouse",
            client_bucket=client_bucket,
            vendor_name="warehouse",
            principals=["arn:aws:iam::111122223333:role/etl/warehouse-loader"],
            source_ips=["192.0.2.0/24"],
        )

        with open(certificate, encoding="utf-8") as authority:
            RolesAnywhereIntegration(
                self,
                "Boomi",
                client_bucket=client_bucket,
                vendor_name="boomi",
                certificate_authority=authority.read(),
                common_name="boomi-invoices",
                session_duration=Duration.hours(2),
            )

        issuer = "https://login.globex.example/realms/orders"
        IdentityProvider(self, "Provider", issuer=issuer, audiences=["bucket-integrations"])
        WebIdentityIntegration(
            self,
            "Orders",
            client_bucket=client_bucket,
            vendor_name="orders",
            provider=issuer,
            audiences=["bucket-integrations"],
            subjects=["order-system"],
            status=Status.SUSPENDED,
        )

        adobe = AccessKeyIntegration(
            self, "Adobe", client_bucket=client_bucket, vendor_name="adobe", keys=[KeySlot.A, KeySlot.B], expires="2031-05-31"
        )
        assert adobe.secret_names["b"] == "integrations/kohler/adobe/b", adobe.secret_names

        InternalAccess(
            self,
            "Analytics",
            client_bucket=client_bucket,
            principals=["arn:aws:iam::444455556666:role/analytics"],
            access=[Capability.LIST, Capability.READ],
            reason="Loads what vendors leave",
        )
        if leak:
            client_bucket.bucket.grant_read(AccountPrincipal("999900001111"))


app = App(outdir=outdir, analytics_reporting=False)
KohlerStack(app, "Kohler")

exports = Stack(app, "Exports")
acme = ClientBucket(exports, "Acme", client_name="acme", existing_bucket=Bucket(exports, "Files", bucket_name="acme-exports"))
try:
    AssumedRoleIntegration(exports, "Refused", client_bucket=acme, vendor_name="tool", principals=["*"])
except Exception as error:
    assert "*" in str(error), error
else:
    raise AssertionError("everybody was let in")

Validations.of(app).add_plugins(ConfinementChecks(own_accounts=["444455556666"]))
app.synth()
