namespace KioskLink.Register.Hosting;

/// <summary>
/// Why the register does not start, as one sentence for the technician that says what is wrong, where, and how to mend it.
/// It ends the program with exit code 2 and leaves everything as it was.
/// </summary>
internal sealed class StartProblem(string sentence) : Exception(sentence);
