using Google.Protobuf;
using KioskLink.Protos.Secrets;

namespace KioskLink.Protos.Register.V1;

// Notices to patrons name them and what they read. In logs and error texts they appear without their text.

public partial class RenderedNotice : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}
