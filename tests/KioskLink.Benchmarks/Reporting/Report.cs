using System.Text.Json;

namespace KioskLink.Benchmarks.Reporting;

/// <summary>Prints each number as a line of JSON on standard output; what explains it goes to standard error.</summary>
internal sealed class Report(TextWriter output, TextWriter remarks)
{
    private const int Digits = 4;

    /// <summary>Prints a number beside its baseline of the same run; the ratio is value over baseline.</summary>
    public void Line(string name, double value, string unit, double baseline) => output.WriteLine(JsonSerializer.Serialize(new
    {
        name,
        value = Math.Round(value, Digits),
        unit,
        baseline = Math.Round(baseline, Digits),
        ratio = baseline == 0 ? 0 : Math.Round(value / baseline, Digits),
    }));

    /// <summary>Prints a whole sample.</summary>
    public void Times(string name, Sample sample) => output.WriteLine(JsonSerializer.Serialize(new { name, unit = "ms", sample = sample.Rounded() }));

    /// <summary>Says how a number came about.</summary>
    public void Remark(string text) => remarks.WriteLine(text);
}
