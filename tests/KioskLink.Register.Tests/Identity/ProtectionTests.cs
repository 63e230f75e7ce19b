using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Running;
using KioskLink.Rules.Cards;

namespace KioskLink.Register.Tests.Identity;

/// <summary>Nothing of a patron travels in clear, and a branch holds nothing that names one (R44).</summary>
public sealed class ProtectionTests
{
    private const string Pin = "8317";

    [Fact]
    public async Task R44_The_register_speaks_to_nobody_in_clear()
    {
        await using var register = await RunningRegister.StartAsync();
        var address = new Uri(register.Host.Addresses.Grpc);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();

        await stream.WriteAsync("GET /healthz HTTP/1.1\r\nHost: register\r\n\r\n"u8.ToArray());
        var answer = new byte[64];
        var length = await stream.ReadAsync(answer);

        Assert.Equal("https", address.Scheme);
        Assert.DoesNotContain("HTTP", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R44_What_a_branch_is_sent_holds_no_card_number_no_PIN_no_name_and_no_date_of_birth()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, Pin, TimeProvider.System.GetUtcNow());
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncAsync();
        await sync.WelcomeAsync();
        var (states, _) = await sync.UntilCompleteAsync();

        var sent = Encoding.Latin1.GetString([.. states.SelectMany(state => state.ToByteArray())]);

        Assert.Contains(states, state => state.Entitlement is not null);
        Assert.All([Library.Card(1), Pin, "1980-05-05", "c1\""], secret => Assert.DoesNotContain(secret, sent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task R44_A_card_number_that_a_branch_keeps_opens_with_the_register_s_key_alone()
    {
        await using var register = await RunningRegister.StartAsync();
        var key = register.Part<EnvelopeKey>();
        var envelope = CardEnvelope.Seal(key.PublicKey, Library.Card(1));
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

        Assert.DoesNotContain(Library.Card(1), Encoding.Latin1.GetString(envelope), StringComparison.Ordinal);
        Assert.Null(CardEnvelope.Open(other, envelope));
        Assert.Equal(Library.Card(1), key.Open(envelope));
    }
}
