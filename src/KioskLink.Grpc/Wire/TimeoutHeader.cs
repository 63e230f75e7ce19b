using System.Globalization;

namespace Grpc.Wire;

/// <summary>The <c>grpc-timeout</c> header: up to eight digits and a unit (gRPC over HTTP/2, Timeout).</summary>
internal static class TimeoutHeader
{
    private const int MaxDigits = 8;
    private const long MaxValue = 99_999_999;
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('u', TicksPerMicrosecond),
        ('m', TimeSpan.TicksPerMillisecond),
        ('S', TimeSpan.TicksPerSecond),
        ('M', TimeSpan.TicksPerMinute),
        ('H', TimeSpan.TicksPerHour),
    ];

    /// <summary>The header for a span, in the finest unit that fits; a span that is over becomes the shortest one.</summary>
    internal static string Encode(TimeSpan timeout)
    {
        foreach (var (unit, ticks) in Units)
        {
            var value = Math.Max(1, timeout.Ticks / ticks);
            if (value <= MaxValue)
                return string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
        }
        return $"{MaxValue}H";
    }

    /// <summary>The span of a header, or null where the header is malformed; more than a <see cref="TimeSpan"/> holds becomes its maximum.</summary>
    internal static TimeSpan? Decode(string header)
    {
        if (header.Length is < 2 or > MaxDigits + 1
            || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return null;
        return header[^1] switch
        {
            'n' => TimeSpan.FromTicks(value / TimeSpan.NanosecondsPerTick),
            'u' => TimeSpan.FromTicks(value * TicksPerMicrosecond),
            'm' => TimeSpan.FromTicks(value * TimeSpan.TicksPerMillisecond),
            'S' => TimeSpan.FromTicks(value * TimeSpan.TicksPerSecond),
            'M' => TimeSpan.FromTicks(value * TimeSpan.TicksPerMinute),
            'H' => value > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerHour ? TimeSpan.MaxValue : TimeSpan.FromTicks(value * TimeSpan.TicksPerHour),
            _ => null,
        };
    }
}
