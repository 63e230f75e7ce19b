using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>Keys: never a weaker session than asked for, and a key change that survives a lost answer.</summary>
public sealed class KeyTests
{
    private static readonly byte[] NewKey = Convert.FromHexString("A0A1A2A3A4A5A6A7A8A9AAABACADAEAF");

    [Fact]
    public async Task A_reader_with_another_key_raises_an_alarm_and_stays_offline()
    {
        await using var bench = new Bench();
        bench.Reader.SwapKey(NewKey);

        await bench.StartAsync();

        Assert.Equal(KeyAlarmReason.KeyMismatch, (await bench.Until<KeyAlarm>()).Reason);
        Assert.Contains(bench.Bus.Status, device => device is { Id: "reader", Online: false });
        Assert.False(bench.Reader.Secured);
    }

    [Fact]
    public async Task A_reader_that_has_lost_its_key_is_not_spoken_to_in_clear()
    {
        await using var bench = await new Bench().StartAsync("reader");

        bench.Reader.SwapKey(null);

        Assert.Equal(KeyAlarmReason.SecureChannelRefused, (await bench.Until<KeyAlarm>()).Reason);
        await bench.Until<DeviceOffline>();
        Assert.Equal(0, bench.Reader.SessionPolls);
    }

    [Fact]
    public async Task A_reader_that_answers_with_the_install_key_raises_an_alarm()
    {
        await using var line = new InstallBench(SecureMode.Scbk);

        Assert.Equal(KeyAlarmReason.WrongKeyKind, (await line.Until<KeyAlarm>()).Reason);
    }

    [Fact]
    public async Task A_new_key_is_in_use_once_its_session_is_up()
    {
        await using var bench = await new Bench().StartAsync("reader");

        Assert.Equal(OutputResult.Acknowledged, await bench.Bus.SetKeyAsync("reader", NewKey));

        Assert.True(bench.Reader.Secured);
        Assert.Contains(bench.Bus.Status, device => device is { Id: "reader", Online: true, Security: SessionSecurity.OwnKey });
    }

    [Fact]
    public async Task A_reader_still_on_its_old_key_is_found_with_it()
    {
        await using var bench = await new Bench(change: options => options with
        {
            Devices = [options.Devices[0] with { Keys = [NewKey, Bench.ReaderKey] }],
        }).StartAsync("reader");

        Assert.True(bench.Reader.Secured);
        Assert.DoesNotContain(bench.Passed, told => told is KeyAlarm);
    }

    [Fact]
    public async Task The_install_key_serves_to_set_the_devices_own()
    {
        await using var bench = new InstallBench(SecureMode.Install);

        Assert.Equal(SessionSecurity.InstallKey, (await bench.Until<DeviceOnline>()).Security);
        Assert.Equal(OutputResult.Acknowledged, await bench.Bus.SetKeyAsync("reader", NewKey));

        Assert.Equal(SessionSecurity.OwnKey, (await bench.Until<DeviceOnline>()).Security);
    }

    [Fact]
    public void A_key_is_not_in_the_text_of_the_options()
    {
        var options = new OsdpDeviceOptions { Id = "reader", Address = 1, Keys = [NewKey] };

        Assert.Equal("reader (address 1, Scbk)", options.ToString());
    }
}
