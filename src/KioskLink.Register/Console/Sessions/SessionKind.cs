namespace KioskLink.Register.Console.Sessions;

/// <summary>Whose session it is.</summary>
internal enum SessionKind
{
    /// <summary>A person of the staff.</summary>
    Staff,

    /// <summary>A patron in the own view.</summary>
    Patron,
}
