using System.Buffers;

namespace Grpc.Wire;

/// <summary>A growing buffer over pooled arrays; after Dispose nothing of it may be used.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int MinimumSize = 256;

    private byte[] _array = [];

    internal int Length { get; private set; }

    internal Span<byte> Written => _array.AsSpan(0, Length);

    internal ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(Length);
    }

    public void Dispose()
    {
        Return(_array);
        _array = [];
        Length = 0;
    }

    /// <summary>Makes room for this many more bytes.</summary>
    internal void Reserve(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed <= _array.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(_array.Length * 2, MinimumSize)));
        Written.CopyTo(larger);
        Return(_array);
        _array = larger;
    }

    private static void Return(byte[] array)
    {
        if (array.Length > 0)
            ArrayPool<byte>.Shared.Return(array);
    }
}
