using System.Text.Json;
using KioskLink.Circulation.Machines;
using KioskLink.Demo.Setup;
using KioskLink.Node.Hosting;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>The demo's node takes the load that is tried at it.</summary>
public sealed class DemoLoginTests
{
    private const int Least = 5000;

    [Fact]
    public void The_demo_takes_5000_connections_of_one_login_from_one_address()
    {
        using var folder = new TempFolder();
        var passwords = MachineHall.PasswordFile(folder, JsonSerializer.Serialize(new Dictionary<string, string> { [SelfCheckLogin.User] = SelfCheckLogin.Password }));
        var config = JsonSerializer.Deserialize<Sip2Config>(JsonSerializer.Serialize(SelfCheckLogin.Section(6001, passwords)), ConfigFile.Strict)!;

        Assert.Null(Sip2Check.FindProblem(config, DemoBranch.Id, doors: []));
        Assert.All([config.Limits.Connections, config.Limits.ConnectionsPerSource, config.Limits.ConnectionsPerLogin], limit => Assert.True(limit >= Least));
    }
}
