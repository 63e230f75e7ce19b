using Google.Protobuf;
using KioskLink.Protos.Secrets;

namespace KioskLink.Protos.Register.V1;

// What the register knows of patrons beside their cards: names, addresses, messages, sessions. In logs and error texts they appear without.

public partial class PostalAddress : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class Contact : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class ResponsiblePerson : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class PatronSummary : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class SearchPatronsRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class FindResponsiblePersonsRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class PatronMessage : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class PatronNote : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class BeginMySessionRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class BeginMySessionResponse : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class MyData : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class MyCard : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class MyMessage : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}

public partial class ChangeMyPinRequest : ICustomDiagnosticMessage
{
    string ICustomDiagnosticMessage.ToDiagnosticString() => Redaction.Of(this);
}
