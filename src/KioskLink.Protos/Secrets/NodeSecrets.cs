using Google.Protobuf;
using KioskLink.Protos.Secrets;

namespace KioskLink.Protos.Node.V1;

// What programs inside the kiosk send: card numbers and PINs. In logs and error texts they appear without their secrets.

public partial class AuthorizeEntryRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class VerifyCredentialsRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class GetLoanStatusRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class NoteActRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

// A maker's firmware is not for logs.
public partial class SendFileRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}
