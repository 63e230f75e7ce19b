namespace KioskLink.Devices.Tests.Session;

/// <summary>A device that comes back: what is asked before its next card counts, and what afterwards.</summary>
public sealed class ReturnTests
{
    private const byte Poll = 0x60, Identify = 0x61, Capabilities = 0x62, LocalStatus = 0x64, Output = 0x68, Challenge = 0x76, Proof = 0x77, PdId = 0x45;

    [Fact]
    public void A_new_device_is_asked_who_it_is_and_what_it_can_do_before_it_is_used()
    {
        using var device = new ScriptedDevice();

        var asked = UntilOnline(device);

        Assert.Equal([Challenge, Proof, Output, Identify, Capabilities], asked.Take(5));
    }

    [Fact]
    public void A_device_that_comes_back_is_used_at_once_and_asked_who_it_is_when_its_cards_count_again()
    {
        using var device = new ScriptedDevice().BringUp();
        Lose(device);

        var asked = UntilOnline(device);

        Assert.Equal([Challenge, Proof, Output, LocalStatus], asked);
        Assert.Equal([Poll, Poll], Next(device, 2));
        Assert.Equal([Identify, Capabilities], Next(device, 9).Where(command => command != Poll));
    }

    [Fact]
    public void Another_device_in_its_place_gets_a_session_of_its_own_that_asks_everything()
    {
        using var device = new ScriptedDevice().BringUp();
        Lose(device);
        UntilOnline(device);
        while (device.SendNext() != Identify)
            device.AnswerWell();

        device.AnswerSealed(PdId, [0xC0, 0xB0, 0xA0, 8, 1, 9, 9, 9, 9, 1, 2, 3], blockType: 0x18);
        var asked = UntilOnline(device);

        Assert.Equal([Challenge, Proof, Output, Identify, Capabilities], asked.Take(5));
    }

    private static void Lose(ScriptedDevice device)
    {
        for (var tries = 0; tries < 3; tries++)
        {
            device.SendNext();
            device.StaySilent();
        }
        Assert.False(device.Session.Online);
    }

    private static List<byte> UntilOnline(ScriptedDevice device)
    {
        var asked = new List<byte>();
        while (!device.Session.Online)
        {
            asked.Add(device.SendNext());
            device.AnswerWell();
        }
        return asked;
    }

    private static List<byte> Next(ScriptedDevice device, int count)
    {
        var asked = new List<byte>();
        for (; count > 0; count--)
        {
            asked.Add(device.SendNext());
            device.AnswerWell();
        }
        return asked;
    }
}
