using KioskLink.Register.Alarms;
using KioskLink.Rules.Access;
using KioskLink.Rules.Alarms;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>E-mails go to a mail server by a real conversation, once a fault, as long as it takes.</summary>
public sealed class SmtpTests
{
    [Fact]
    public async Task One_fault_is_one_e_mail_to_the_server()
    {
        await using var server = new FakeMailServer();
        await using var room = await RoomAsync(server);
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.AfterAsync(TimeSpan.FromSeconds(30), steps: 30);

        var mail = Assert.Single(server.Mails);
        Assert.Equal(("alarms@test.example", "tekla@test.example"), (mail.From, mail.To));
        Assert.Contains("Auto-Submitted: auto-generated", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"<alarm-{room.Deliveries().Single().DeliveryId}@test.example>", mail.Text, StringComparison.Ordinal);
        Assert.Contains("reader", Body(mail), StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Sent, room.Deliveries().Single().State);
    }

    [Fact]
    public async Task A_server_that_takes_nothing_now_gets_the_message_later_and_once()
    {
        await using var server = new FakeMailServer { ToRecipient = "450 try later" };
        await using var room = await RoomAsync(server);
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.AfterAsync(TimeSpan.FromMinutes(5), steps: 30);
        Assert.Empty(server.Mails);
        Assert.Equal((DeliveryState.Waiting, "the mail server answered 450"), (room.Deliveries()[0].State, room.Deliveries()[0].Problem));

        server.ToRecipient = "250 OK";
        await room.AfterAsync(TimeSpan.FromMinutes(20), steps: 40);

        Assert.Single(server.Mails, mail => Body(mail).Contains("reader", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_no_server_takes_is_given_up_after_its_time()
    {
        await using var server = new FakeMailServer { ToRecipient = "550 nobody here" };
        await using var room = await RoomAsync(server);
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.AfterAsync(TimeSpan.FromHours(8), steps: 240);

        var delivery = room.Deliveries()[0];
        Assert.Equal((DeliveryState.Failed, "the mail server answered 550"), (delivery.State, delivery.Problem));
        Assert.InRange(delivery.Tries, 10, 40);
    }

    [Fact]
    public async Task A_server_without_TLS_is_told_neither_a_message_nor_a_password_where_TLS_is_wanted()
    {
        using var folder = new TempFolder();
        await using var server = new FakeMailServer();
        await using var room = await RoomAsync(server, channel => channel with { IsTls = true, User = "kiosklink", SecretFile = folder.Write("mail.password", "s3cret") });
        await room.RaiseAsync(AlarmKind.Tamper, "tamper reader");
        await room.AfterAsync(TimeSpan.FromSeconds(10), steps: 10);

        Assert.Equal("the mail server cannot be reached, or not under TLS", room.Deliveries()[0].Problem);
        Assert.NotEmpty(server.Heard);
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("MAIL", StringComparison.OrdinalIgnoreCase) || line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase));
    }

    private static Task<AlarmRoom> RoomAsync(FakeMailServer server, Func<SmtpChannel, SmtpChannel>? change = null)
    {
        var channel = new SmtpChannel("127.0.0.1", server.Port, IsTls: false, "alarms@test.example", "", "");
        return AlarmRoom.StartAsync(
            new Dictionary<string, AlarmChannel> { ["smtp"] = change?.Invoke(channel) ?? channel },
            [AlarmRoom.Route("technician", "smtp", "tekla@test.example", route => route with { Language = Language.En })]);
    }

    private static string Body(TakenMail mail)
    {
        var parts = mail.Text.ReplaceLineEndings("\n").Split("\n\n", 2);
        return parts[0].Contains("base64", StringComparison.Ordinal) ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].ReplaceLineEndings(""))) : parts[1];
    }
}
