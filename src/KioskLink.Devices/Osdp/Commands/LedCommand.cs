using System.Buffers.Binary;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>LED: one light's temporary and permanent setting, 14 bytes.</summary>
internal sealed class LedCommand(LedSetting setting) : OsdpCommand(CommandId.Led)
{
    private const byte Leave = 0, CancelTemporary = 1, SetTemporary = 2, SetPermanent = 1;

    private readonly LedSetting _setting = setting;

    // A command that only adds a temporary light must not swallow an unsent permanent one, and the other way round.
    public override bool Supersedes(OsdpCommand older) =>
        older is LedCommand { _setting: var other } && other.Reader == _setting.Reader && other.Led == _setting.Led
        && (other.Permanent is null || _setting.Permanent is not null)
        && (other.Temporary is null && !other.CancelTemporary || _setting.Temporary is not null || _setting.CancelTemporary);

    public override int Write(Span<byte> data)
    {
        data[..14].Clear();
        data[0] = _setting.Reader;
        data[1] = _setting.Led;
        data[2] = _setting.Temporary is not null ? SetTemporary : _setting.CancelTemporary ? CancelTemporary : Leave;
        if (_setting.Temporary is { } temporary)
        {
            WritePattern(data[3..], temporary);
            BinaryPrimitives.WriteUInt16LittleEndian(data[7..], Tenths.Of(_setting.TemporaryFor, ushort.MaxValue));
        }
        if (_setting.Permanent is { } permanent)
        {
            data[9] = SetPermanent;
            WritePattern(data[10..], permanent);
        }
        return 14;
    }

    private static void WritePattern(Span<byte> data, LedPattern pattern)
    {
        data[0] = (byte)Tenths.Of(pattern.OnTime, byte.MaxValue);
        data[1] = (byte)Tenths.Of(pattern.OffTime, byte.MaxValue);
        // Both times 0 is not allowed: a steady light is "on for a while, off for no time".
        if (data[0] == 0 && data[1] == 0)
            data[0] = 1;
        data[2] = (byte)pattern.On;
        data[3] = (byte)pattern.Off;
    }
}
