namespace KioskLink.Sip2.Circulation;

/// <summary>What can be done now.</summary>
public sealed record ServiceAnswer : Answer
{
    /// <summary>Requests are answered.</summary>
    public bool OnLine { get; init; }

    /// <summary>Returns are taken.</summary>
    public bool CheckinOk { get; init; }

    /// <summary>Loans are made.</summary>
    public bool CheckoutOk { get; init; }

    /// <summary>Loans may be renewed at the machine.</summary>
    public bool RenewalOk { get; init; }

    /// <summary>A machine may block cards.</summary>
    public bool BlocksPatrons { get; init; }

    /// <summary>What happened while a machine was alone is taken.</summary>
    public bool OffLineOk { get; init; }

    /// <summary>Which requests mean something here; the session adds those that it answers itself.</summary>
    public SupportedMessages Supported { get; init; }

    /// <summary>Nothing was done, and why.</summary>
    public static ServiceAnswer Refused(string text) => new() { ScreenMessages = [text] };
}
