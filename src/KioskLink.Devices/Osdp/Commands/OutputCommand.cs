using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>What an OUT record does to an output (SIA OSDP 2.2, OUT control codes).</summary>
internal enum OutputCode : byte
{
    /// <summary>Off for good; a running timer is aborted.</summary>
    OffAbortTimed = 1,

    /// <summary>On for good; a running timer is aborted.</summary>
    OnAbortTimed = 2,

    /// <summary>Off once a running timer has ended.</summary>
    OffAllowTimed = 3,

    /// <summary>On once a running timer has ended.</summary>
    OnAllowTimed = 4,

    /// <summary>On for the timer's time, then back to what it was for good.</summary>
    TimedOn = 5,

    /// <summary>Off for the timer's time, then back to what it was for good.</summary>
    TimedOff = 6,
}

/// <summary>One record of an OUT command. <paramref name="Tenths"/> is the timer in 100 ms, 1..65535 for the timed codes, else 0.</summary>
internal readonly record struct OutputRecord(byte Output, OutputCode Code, ushort Tenths = 0);

/// <summary>OUT: switches outputs, four bytes each.</summary>
internal sealed class OutputCommand(params OutputRecord[] records) : OsdpCommand(CommandId.Output)
{
    private const int RecordSize = 4;

    /// <summary>More would not fit a frame every device takes.</summary>
    public const int MostRecords = LargestData / RecordSize;

    public override int Write(Span<byte> data)
    {
        var at = 0;
        foreach (var record in records)
        {
            data[at] = record.Output;
            data[at + 1] = (byte)record.Code;
            BinaryPrimitives.WriteUInt16LittleEndian(data[(at + 2)..], record.Tenths);
            at += RecordSize;
        }
        return at;
    }
}
