namespace KioskLink.Demo.Script;

/// <summary>The demo from the terminal: the steps of the script language, typed one by one.</summary>
internal static class Terminal
{
    /// <summary>Runs typed steps until the input ends; a step that does not hold is named and stops nothing.</summary>
    public static async Task<int> RunAsync(ScriptRunner runner, TextReader input, TextWriter output, CancellationToken cancellation)
    {
        output.WriteLine("Type steps (card NUMBER, pin DIGITS, network cut, settled …); Ctrl-D ends.");
        for (var line = 1; await ReadAsync(input, cancellation) is { } text; line++)
        {
            try
            {
                if (ScriptParser.ParseLine(text, line) is { } step)
                {
                    await runner.RunAsync([step], cancellation);
                }
            }
            catch (ScriptException e)
            {
                output.WriteLine(e.Message);
            }
        }
        return 0;
    }

    private static Task<string?> ReadAsync(TextReader input, CancellationToken cancellation) =>
        Task.Run(input.ReadLine, cancellation).WaitAsync(cancellation);
}
