using Grpc.Core;
using KioskLink.Register.Hosting;
using KioskLink.Register.PatronNotices;
using KioskLink.Register.Store;
using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>
/// Empties the outbox: each channel by itself and in order, so that one that is down holds up no other, and is tried again more and more
/// seldom until a message is given up. A channel that is down is one alarm. Runs until the register stops.
/// </summary>
internal sealed class AlarmPost(RegisterCore core, AlarmSetup setup, Spool spool, GatewayPost gateway, SmtpPost smtp, AlarmDesk desk, ILogger<AlarmPost> log) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Messages that a channel sends at one look.</summary>
    public const int RoundMax = 20;

    /// <summary>The wait after the first failure; it doubles with each.</summary>
    public static readonly Duration FirstRetry = Duration.FromSeconds(15);

    /// <summary>The longest wait between two tries.</summary>
    public static readonly Duration LongestRetry = Duration.FromMinutes(15);

    /// <summary>How long a message is tried from when it was due.</summary>
    public static readonly Duration KeepTrying = Duration.FromHours(6);

    private const int DoublingsMax = 10;

    private readonly Dictionary<string, bool> _down = new(StringComparer.Ordinal);

    /// <summary>Sends what is due now.</summary>
    public async Task SendDueAsync(CancellationToken stop)
    {
        var now = core.Now().ToUnixTimeMilliseconds();
        await using var db = core.Store.Read();
        var due = db.Set<DeliveryRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.State == DeliveryState.Waiting && row.NextAt <= now)
            .OrderBy(row => row.NextAt).ThenBy(row => row.CreatedAt)
            .Take(RoundMax * Math.Max(1, setup.Channels.Count))
            .ToList();
        await Task.WhenAll(due.GroupBy(row => row.Channel).Select(channel => SendAsync(channel.Key, [.. channel.Take(RoundMax)], stop)));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, core.Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SendDueAsync(stoppingToken);
            }
            catch (StoreProblem problem)
            {
                log.AlarmNotWritten(problem.Message);
            }
        }
    }

    private async Task SendAsync(string channel, IReadOnlyList<DeliveryRow> messages, CancellationToken stop)
    {
        foreach (var message in messages)
        {
            var problem = setup.Channels.TryGetValue(channel, out var known) ? await HandOverAsync(known, message, stop) : "the file of alarms names this channel no more";
            await core.Lane.WriteAsync(scope => scope.Db.Update(After(message, problem, scope.Now)), stop);
            Tell(channel, problem);
            if (problem is not null) return;
        }
    }

    private async Task<string?> HandOverAsync(AlarmChannel channel, DeliveryRow message, CancellationToken stop) => channel switch
    {
        MailChannel mail => Spooled(mail, message),
        SmtpChannel server => await smtp.SendAsync(server, message, stop),
        GatewayChannel post => await gateway.SendAsync(post, message, stop),
        _ => throw new InvalidOperationException($"No way leads to a {channel.GetType().Name}."),
    };

    private string? Spooled(MailChannel channel, DeliveryRow message)
    {
        var file = $"spool/mail/alarm-{message.DeliveryId}.eml";
        var words = new NoticeWords(setup.Routes.FirstOrDefault(route => route.Id == message.RouteId)?.Language ?? Rules.Access.Language.Fi, message.Title, message.Body, message.ShortText);
        var to = new NoticeRecipient("", [], message.Recipient, "");
        try
        {
            spool.Drop(file);
            spool.Prepare(file, Envelope.Mail(words, to, core.Profile.NoticeSender with { Email = channel.From }, $"alarm-{message.DeliveryId}", core.Now()));
            spool.Release(file);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or RpcException)
        {
            return "the spool folder cannot be written";
        }
    }

    private DeliveryRow After(DeliveryRow message, string? problem, Instant now)
    {
        if (problem is null)
        {
            return message with { State = DeliveryState.Sent, Tries = message.Tries + 1, DoneAt = now.ToUnixTimeMilliseconds(), Problem = "" };
        }

        var tries = message.Tries + 1;
        var next = now + Duration.Min(FirstRetry * (1 << Math.Min(tries - 1, DoublingsMax)), LongestRetry);
        var isOver = next > Instant.FromUnixTimeMilliseconds(message.CreatedAt) + KeepTrying && tries > 1;
        if (isOver) log.AlarmGivenUp(message.RouteId, problem);
        return message with
        {
            Tries = tries,
            Problem = problem,
            NextAt = next.ToUnixTimeMilliseconds(),
            State = isOver ? DeliveryState.Failed : DeliveryState.Waiting,
            DoneAt = isOver ? now.ToUnixTimeMilliseconds() : null,
        };
    }

    private void Tell(string channel, string? problem)
    {
        var subject = AlarmRouter.Subject(channel);
        lock (_down)
        {
            if (_down.TryGetValue(channel, out var down) && down == problem is not null) return;
            _down[channel] = problem is not null;
        }

        if (problem is null)
            desk.Clear(AlarmPlace.Register, subject);
        else
            desk.Raise(AlarmPlace.Register, AlarmKind.ChannelDown, subject, $"Alarms cannot be sent by the channel {channel}: {problem}.");
    }
}
