namespace Grpc.Core;

/// <summary>Hints for writing one message.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>No hint.</summary>
    None = 0,

    /// <summary>The message need not leave before the next one.</summary>
    BufferHint = 0x1,

    /// <summary>The message is not compressed even where the call is.</summary>
    NoCompress = 0x2,
}

/// <summary>How messages are written; immutable.</summary>
public sealed class WriteOptions
{
    /// <summary>No hints.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Options with these hints.</summary>
    public WriteOptions(WriteFlags flags = WriteFlags.None) => Flags = flags;

    /// <summary>The hints.</summary>
    public WriteFlags Flags { get; }
}
