using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Replies;

/// <summary>FTSTAT: what a device says to a fragment of a file, seven bytes.</summary>
/// <param name="Action">Bits: <see cref="MayInterleave"/>, <see cref="LeaveSecureChannel"/>, <see cref="PollWanted"/>.</param>
/// <param name="Delay">How long the device wants no further fragment.</param>
/// <param name="Status">One of <see cref="FileStatus"/>; below zero the transfer is over.</param>
/// <param name="LargestMessage">The longest FILETRANSFER data from now on; 0 changes nothing.</param>
internal readonly record struct FileStatusReply(byte Action, TimeSpan Delay, short Status, int LargestMessage)
{
    private const int Size = 7;

    /// <summary>Other commands may be sent between fragments.</summary>
    public bool MayInterleave => (Action & 1) != 0;

    /// <summary>The device takes the file only in clear.</summary>
    public bool LeaveSecureChannel => (Action & 2) != 0;

    /// <summary>A poll would bring something.</summary>
    public bool PollWanted => (Action & 4) != 0;

    public static bool TryRead(ReadOnlySpan<byte> data, out FileStatusReply reply)
    {
        reply = default;
        if (data.Length < Size)
            return false;
        reply = new(
            data[0], TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt16LittleEndian(data[1..])),
            BinaryPrimitives.ReadInt16LittleEndian(data[3..]), BinaryPrimitives.ReadUInt16LittleEndian(data[5..]));
        return true;
    }
}

/// <summary>What a device makes of a file.</summary>
internal static class FileStatus
{
    public const short Next = 0, Processed = 1, Rebooting = 2, Finishing = 3;
    public const short Aborted = -1, Unrecognised = -2, Malformed = -3;
}
