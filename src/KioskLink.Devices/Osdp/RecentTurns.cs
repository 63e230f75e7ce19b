namespace KioskLink.Devices.Osdp;

/// <summary>Whether something was so in each of the last turns, as a ring of bits: months of good polls hide no fault that has just begun. One thread writes.</summary>
internal sealed class RecentTurns
{
    /// <summary>How many turns are kept: half a minute of back-to-back polls at 9600 baud.</summary>
    public const int Limit = 1024;

    private const int BitsPerWord = 64;
    private readonly ulong[] _bits = new ulong[Limit / BitsPerWord];
    private int _next;
    private int _count;
    private int _were;

    public Share Share => new(_were, _count);

    public void Add(bool was)
    {
        ref var word = ref _bits[_next / BitsPerWord];
        var bit = 1UL << (_next % BitsPerWord);
        _were += (was ? 1 : 0) - ((word & bit) == 0 ? 0 : 1);
        word = was ? word | bit : word & ~bit;
        _next = (_next + 1) % Limit;
        _count = Math.Min(_count + 1, Limit);
    }
}

/// <summary>How often something was so of late.</summary>
/// <param name="Were">How often it was.</param>
/// <param name="Of">Of how many turns, at most 1024.</param>
public readonly record struct Share(int Were, int Of)
{
    /// <summary>From 0 to 1; 0 before the first turn.</summary>
    public double Ratio => Of == 0 ? 0 : (double)Were / Of;
}
