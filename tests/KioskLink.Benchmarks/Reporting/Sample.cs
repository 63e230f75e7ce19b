using System.Globalization;

namespace KioskLink.Benchmarks.Reporting;

/// <summary>Measured times in milliseconds.</summary>
internal sealed class Sample
{
    private readonly double[] _sorted;

    /// <summary>Takes the times in any order; there must be one at least.</summary>
    public Sample(IEnumerable<TimeSpan> times)
    {
        _sorted = [.. times.Select(time => time.TotalMilliseconds).Order()];
        if (_sorted.Length == 0)
            throw new ArgumentException("Nothing was measured: give the benchmark more seconds.", nameof(times));
    }

    /// <summary>How many there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>The middle one.</summary>
    public double Median => Percentile(0.5);

    /// <summary>99 of 100 are no longer.</summary>
    public double P99 => Percentile(0.99);

    /// <summary>The longest.</summary>
    public double Max => _sorted[^1];

    /// <summary>The nearest rank of a share from 0 to 1.</summary>
    public double Percentile(double share) => _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];

    /// <summary>Every time in ascending order, for a reader who wants to compare two samples.</summary>
    public IEnumerable<double> Rounded() => _sorted.Select(time => Math.Round(time, 3));

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"n {Count}, median {Median:0.00}, p90 {Percentile(0.9):0.00}, p99 {P99:0.00}, max {Max:0.00} ms");
}
