using Google.Protobuf;
using KioskLink.Protos.Secrets;

namespace KioskLink.Protos.Register.V1;

// What the office hands out and who decides: names and files. In logs and error texts they appear without them.

public partial class CameraDecider : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class ListCameraDecidersResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class DiscloseStatisticsResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}
