using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>What a virtual OSDP device does with a frame of which a part is missing.</summary>
public sealed class HalfFrameTests
{
    private static readonly byte[] Poll = [0x53, 0x01, 0x08, 0x00, 0x04, 0x60, 0xBA, 0x00];
    private readonly BareLine _line = new(new VirtualReader(1, key: null));

    [Fact]
    public void The_rest_that_comes_while_the_panel_waits_makes_the_frame_whole()
    {
        Assert.Null(_line.Ask(Poll[..5], TimeSpan.FromMilliseconds(150)));

        Assert.NotNull(_line.Ask(Poll[5..], TimeSpan.FromMilliseconds(5)));
    }

    [Fact]
    public void After_the_panel_has_given_up_a_half_frame_is_forgotten_and_the_next_one_is_answered()
    {
        Assert.Null(_line.Ask(Poll[..5], TimeSpan.FromMilliseconds(210)));

        Assert.NotNull(_line.Ask(Poll, TimeSpan.FromMilliseconds(5)));
    }
}
