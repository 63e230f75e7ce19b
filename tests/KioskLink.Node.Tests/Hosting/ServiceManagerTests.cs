using KioskLink.Node.Hosting;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Hosting;

public sealed class ServiceManagerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new(DateTimeOffset.UnixEpoch);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Systemd_hears_what_the_node_does_through_a_socket_in_the_file_system()
    {
        using var systemd = new ManagerSocket(_folder["notify"]);
        using var manager = new ServiceManager(systemd.Address, _time);

        manager.Say("Waiting.");
        manager.Started();
        manager.Stopping();

        Assert.Equal("STATUS=Waiting.", await systemd.NextAsync());
        Assert.Equal("READY=1\nSTATUS=The doors are looked after.", await systemd.NextAsync());
        Assert.Equal("STOPPING=1", await systemd.NextAsync());
    }

    [Fact]
    public async Task Systemd_hears_through_an_abstract_name_too()
    {
        using var systemd = new ManagerSocket($"@kiosklink-{Guid.NewGuid():N}");
        using var manager = new ServiceManager(systemd.Address, _time);

        manager.Stopping();

        Assert.Equal("STOPPING=1", await systemd.NextAsync());
    }

    [Fact]
    public async Task The_watchdog_is_fed_once_a_second_however_often_the_doors_are_looked_at()
    {
        using var systemd = new ManagerSocket(_folder["notify"]);
        using var manager = new ServiceManager(systemd.Address, _time);

        manager.Alive();
        manager.Alive();
        Assert.Equal("WATCHDOG=1", await systemd.NextAsync());
        Assert.False(systemd.HasMore);

        _time.Advance(ServiceManager.FeedEvery);
        manager.Alive();
        Assert.Equal("WATCHDOG=1", await systemd.NextAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/nowhere/notify")]
    public void A_node_without_systemd_says_nothing_to_anybody(string? socket)
    {
        using var manager = new ServiceManager(socket, _time);

        manager.Say("Waiting.");
        manager.Started();
        manager.Alive();
        manager.Stopping();
    }
}
