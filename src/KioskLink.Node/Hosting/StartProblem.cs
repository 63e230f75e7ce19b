namespace KioskLink.Node.Hosting;

/// <summary>The node cannot start as it is set up: one sentence that says what is wrong, where, and how to mend it. The program ends with code 2.</summary>
internal sealed class StartProblem(string sentence) : Exception(sentence);
