using System.Runtime.CompilerServices;

namespace KioskLink.Sip2.Wire;

/// <summary>Which fields of a message have been read: a bit for each name from A0 to ZZ.</summary>
internal struct FieldSet
{
    private const int SecondCharacters = 36, Words = 26 * SecondCharacters / 64 + 1;

    private Bits _bits;

    /// <summary>Adds a name that <see cref="FieldSyntax.Begins"/> has passed.</summary>
    public void Add(ReadOnlySpan<byte> id)
    {
        var index = IndexOf(id);
        _bits[index >> 6] |= 1UL << (index & 63);
    }

    public readonly bool Contains(ReadOnlySpan<byte> id)
    {
        var index = IndexOf(id);
        return (_bits[index >> 6] & (1UL << (index & 63))) != 0;
    }

    private static int IndexOf(ReadOnlySpan<byte> id) =>
        (id[0] - 'A') * SecondCharacters + (id[1] <= '9' ? id[1] - '0' : id[1] - 'A' + 10);

    [InlineArray(Words)]
    private struct Bits
    {
        private ulong _first;
    }
}
