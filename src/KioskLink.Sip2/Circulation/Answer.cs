namespace KioskLink.Sip2.Circulation;

/// <summary>What became of a question. Shows nothing but its name, as it may hold a patron's name.</summary>
public abstract record Answer
{
    /// <summary>For the screen, in the language of the question.</summary>
    public IReadOnlyList<string> ScreenMessages { get; init; } = [];

    /// <summary>For the receipt.</summary>
    public IReadOnlyList<string> PrintLines { get; init; } = [];

    /// <summary>Its name.</summary>
    public sealed override string ToString() => GetType().Name;
}
