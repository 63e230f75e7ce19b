using Google.Protobuf;
using KioskLink.Protos.Secrets;

namespace KioskLink.Protos.Types.V1;

// What replicas and journals hold: tokens, PIN proofs, personal parts. In logs and error texts they appear without their secrets.

public partial class PinProof : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class Entitlement : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class Badge : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class RecordPersonal : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class JournalRecord : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}
