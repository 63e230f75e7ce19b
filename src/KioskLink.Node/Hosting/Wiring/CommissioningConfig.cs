namespace KioskLink.Node.Hosting.Wiring;

/// <summary>What was found at a door with the node stopped, signed (hardware/reference-door, "Commissioning").</summary>
internal sealed record CommissioningConfig
{
    /// <summary>The day of the check.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Who made it, and for whom.</summary>
    public string By { get; init; } = "";

    /// <summary>The inside handle opens.</summary>
    public CheckResult Handle { get; init; }

    /// <summary>The exit button does what its lock needs.</summary>
    public CheckResult Button { get; init; }

    /// <summary>The break-glass cuts a magnet.</summary>
    public CheckResult Glass { get; init; }

    /// <summary>The fire panel cuts a magnet.</summary>
    public CheckResult Fire { get; init; }

    /// <summary>Without mains and battery nobody comes in and everybody can leave.</summary>
    public CheckResult Mains { get; init; }

    /// <summary>What is missing from the sheet, with the mend; null when it is whole.</summary>
    /// <param name="doorId">The door.</param>
    /// <param name="hasMagnet">Whether a lock of it is open without power.</param>
    public string? FindProblem(string doorId, bool hasMagnet)
    {
        if (On is null || string.IsNullOrWhiteSpace(By))
            return $"the \"commissioned\" of door \"{doorId}\" is not signed: write the day under \"on\" and who checked under \"by\".";
        (string Check, CheckResult Result)[] sheet = [("handle", Handle), ("button", Button), ("glass", Glass), ("fire", Fire), ("mains", Mains)];
        if (sheet.FirstOrDefault(row => row.Result == CheckResult.Unset).Check is { } missing)
            return $"the \"commissioned\" of door \"{doorId}\" does not say what came of \"{missing}\": write \"passed\", or \"notFitted\" where the door has none.";
        if (Handle == CheckResult.NotFitted || Mains == CheckResult.NotFitted)
            return $"the \"commissioned\" of door \"{doorId}\" leaves out \"handle\" or \"mains\", which every door has: check them and write \"passed\".";
        // A magnet holds whoever wants out until something cuts its power.
        return hasMagnet && (Glass == CheckResult.NotFitted || Fire == CheckResult.NotFitted)
            ? $"the \"commissioned\" of door \"{doorId}\" leaves out \"glass\" or \"fire\", and its lock is of the type \"failSafe\", which both must cut: fit and check them, and write \"passed\"."
            : null;
    }
}

/// <summary>What came of a check.</summary>
internal enum CheckResult
{
    /// <summary>Not said: the sheet is not whole, and the node does not start.</summary>
    Unset,

    /// <summary>As it must be.</summary>
    Passed,

    /// <summary>The door has none.</summary>
    NotFitted,
}
