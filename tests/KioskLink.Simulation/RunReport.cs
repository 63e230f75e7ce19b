using Xunit.Abstractions;
using Xunit.Sdk;

namespace KioskLink.Simulation;

/// <summary>Prints what a run has done where `dotnet test` shows it, passed tests included.</summary>
public sealed class RunReport(IMessageSink sink)
{
    public void Print(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            sink.OnMessage(new DiagnosticMessage(line.TrimEnd()));
    }
}
