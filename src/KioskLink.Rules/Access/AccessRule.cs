namespace KioskLink.Rules.Access;

/// <summary>One rung of the ladder: the code that it gives, when it fails, and what it looked at (English, no personal data).</summary>
internal sealed record AccessRule(DecisionCode Code, Func<EntryAttempt, bool> Fails, Func<EntryAttempt, string> Detail)
{
    public AccessRule(DecisionCode code, Func<EntryAttempt, bool> fails, string detail)
        : this(code, fails, _ => detail)
    {
    }
}
