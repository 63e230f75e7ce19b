using Google.Protobuf;
using KioskLink.Protos.Secrets;

namespace KioskLink.Protos.Register.V1;

// What applicants say, and whom they may be: in logs and error texts they appear without their secrets.

public partial class Applicant : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class ApplicationCandidate : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class ImportAddressAnswerRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}
