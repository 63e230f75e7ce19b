namespace KioskLink.Demo.Script;

/// <summary>A step that cannot be read or did not hold; names the line and never holds PIN digits.</summary>
internal sealed class ScriptException(int line, string problem) : Exception($"line {line}: {problem}")
{
    /// <summary>The line in the script, counted from 1.</summary>
    public int Line { get; } = line;
}
