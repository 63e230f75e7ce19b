using System.Text.RegularExpressions;

namespace KioskLink.Register.Staff;

/// <summary>What an account may be called: the name stands for one person in certificates and in the audit log (R41). Pure.</summary>
internal static partial class AccountName
{
    // Actors of the log that are no person's account.
    private static readonly string[] Reserved = ["administrator", "system", "register"];

    /// <summary>Whether an account may have a name: 3 to 32 lower-case letters, digits, '.', '-' or '_', the first a letter, none of the register's own.</summary>
    public static bool IsOne(string name) => Form().IsMatch(name) && !Reserved.Contains(name);

    [GeneratedRegex("^[a-z][a-z0-9._-]{2,31}$")]
    private static partial Regex Form();
}
