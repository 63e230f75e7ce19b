using NodaTime;

namespace KioskLink.Simulation.World;

/// <summary>Everything that is left to chance, out of one seed.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    public bool OneIn(int many) => _random.Next(many) == 0;

    public int Below(int limit) => _random.Next(limit);

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public Duration Milliseconds(int from, int to) => Duration.FromMilliseconds(_random.Next(from, to));

    public Duration Seconds(int from, int to) => Milliseconds(from * 1000, to * 1000);

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
