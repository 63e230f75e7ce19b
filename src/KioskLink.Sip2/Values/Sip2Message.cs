using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>A message with its values. Shows nothing but its name, as it may hold a PIN, a card number and a name. Immutable but for <see cref="Request.Wipe"/>.</summary>
public abstract record Sip2Message
{
    /// <summary>The digits that begin it.</summary>
    public abstract MessageCode Code { get; }

    /// <summary>Fields that SIP2 does not give this message.</summary>
    public IReadOnlyList<ExtraField> Extra { get; init; } = [];

    /// <summary>Its name.</summary>
    public sealed override string ToString() => Code.ToString();

    /// <summary>Writes what stands between the command and the tail, the fields in the order of SIP2.</summary>
    internal abstract void WriteBody(MessageWriter to);
}
