using Google.Protobuf;
using KioskLink.Protos.Secrets;

namespace KioskLink.Protos.Store.V1;

// What the register keeps of a card: the holder's date of birth. In logs and error texts it appears without it.

public partial class StoredCard : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}
