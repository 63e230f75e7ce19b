namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>Nothing is wrong.</summary>
    Pass,

    /// <summary>It works, and will not for ever.</summary>
    Warn,

    /// <summary>It does not work as it should.</summary>
    Fail,
}

/// <summary>A line of the doctor's sheet.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">What it is, for programs; <see cref="Passed"/> when nothing is wrong.</param>
/// <param name="Subject">The line, device, door or part of the node.</param>
/// <param name="Sentence">What was seen.</param>
/// <param name="Mend">What to do; empty when nothing is.</param>
internal sealed record Finding(Severity Severity, string Code, string Subject, string Sentence, string Mend)
{
    /// <summary>The code of what is in order.</summary>
    public const string Passed = "OK";

    /// <summary>Nothing is wrong.</summary>
    public static Finding Pass(string subject, string sentence) => new(Severity.Pass, Passed, subject, sentence, "");

    /// <summary>It works, and will not for ever.</summary>
    public static Finding Warn(string code, string subject, string sentence, string mend) => new(Severity.Warn, code, subject, sentence, mend);

    /// <summary>It does not work as it should.</summary>
    public static Finding Fail(string code, string subject, string sentence, string mend) => new(Severity.Fail, code, subject, sentence, mend);
}
