namespace KioskLink.Register.Statistics;

/// <summary>The attributes of one patron at one branch, while they are counted.</summary>
/// <param name="Branch">The branch; empty where none.</param>
/// <param name="Age">The age band.</param>
/// <param name="Group">The group.</param>
/// <param name="Gender">The number of a gender; 0 where none is recorded.</param>
internal readonly record struct CountedPatron(string Branch, string Age, string Group, int Gender);

/// <summary>A number that may be told.</summary>
/// <param name="Branch">The branch; empty where none.</param>
/// <param name="Dimension">By what the branch's patrons are divided, one of <see cref="Dimensions"/>.</param>
/// <param name="Value">Which of them; empty for all.</param>
/// <param name="Patrons">How many.</param>
internal readonly record struct PatronCell(string Branch, string Dimension, string Value, long Patrons);

/// <summary>By what patrons are divided; never by two attributes at once, since such cells are small.</summary>
internal static class Dimensions
{
    /// <summary>Not at all.</summary>
    public const string All = "all";

    /// <summary>By age band.</summary>
    public const string Age = "age";

    /// <summary>By group.</summary>
    public const string Group = "group";

    /// <summary>By gender, where the profile lets it be recorded (R11).</summary>
    public const string Gender = "gender";
}
