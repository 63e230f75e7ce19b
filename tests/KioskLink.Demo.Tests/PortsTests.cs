using System.Net;
using System.Net.Sockets;
using KioskLink.Demo.World;
using KioskLink.Testing;

namespace KioskLink.Demo.Tests;

public sealed class PortsTests : IDisposable
{
    private readonly StringWriter _said = new();
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task A_taken_port_is_replaced_and_the_other_one_is_printed()
    {
        _other.Start();

        var port = await Ports.StartOnFreeAsync(OtherPort, "register", _said, Task.FromResult);

        Assert.NotEqual(OtherPort, port);
        Assert.Equal($"Port {OtherPort} of the register is taken; {port} is used.", _said.ToString().Trim());
    }

    [Fact]
    public async Task A_port_that_another_demo_takes_between_the_look_and_the_start_is_replaced_too()
    {
        var wanted = FreePort.Next();
        using var quicker = new TcpListener(IPAddress.Loopback, wanted);

        var port = await Ports.StartOnFreeAsync(wanted, "node", _said, tried =>
        {
            if (tried != wanted)
                return Task.FromResult(tried);
            quicker.Start();
            throw new InvalidOperationException("address already in use");
        });

        Assert.NotEqual(wanted, port);
        Assert.Contains($"{port} is used.", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_for_another_reason_fails_at_once()
    {
        var tries = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => Ports.StartOnFreeAsync<int>(FreePort.Next(), "node", _said, _ =>
        {
            tries++;
            throw new InvalidOperationException("a bad file");
        }));

        Assert.Equal(1, tries);
    }

    /// <inheritdoc/>
    public void Dispose() => _other.Dispose();

    private int OtherPort => ((IPEndPoint)_other.LocalEndpoint).Port;
}
