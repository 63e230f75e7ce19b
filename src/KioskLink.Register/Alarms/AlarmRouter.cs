using KioskLink.Register.Store;
using KioskLink.Rules.Alarms;

namespace KioskLink.Register.Alarms;

/// <summary>Puts messages into the outbox, for those who are to hear of them. Thread-safe.</summary>
internal sealed class AlarmRouter(RegisterCore core, AlarmSetup setup)
{
    /// <summary>The minutes of every step of escalation, ascending.</summary>
    public IReadOnlyList<int> Escalations => setup.Escalations;

    /// <summary>Puts a message into the outbox, inside a unit of work.</summary>
    public void Send(WriteScope scope, AlarmPlace place, AlarmMessage message)
    {
        if (message.Kind == AlarmMessageKind.Cleared)
        {
            TellEnd(scope, place, message);
            return;
        }

        foreach (var route in setup.Routes.Where(route => route.AfterMinutes == message.AfterMinutes && route.Takes(place, message.Fault.Severity) && !IsItself(route, message.Fault)))
        {
            var opens = route.Opens(scope.Now).ToUnixTimeMilliseconds();
            scope.Db.AddRange(route.Recipients.Select(recipient => Row(scope, place, message, route, recipient) with { NextAt = opens }));
        }
    }

    /// <summary>Puts a test of a route into the outbox, whatever its hours are.</summary>
    public IReadOnlyList<string> Test(WriteScope scope, AlarmRoute route)
    {
        var fault = new Fault { Id = "", Subject = "test", Kind = AlarmKind.Other, RaisedAt = scope.Now };
        var rows = route.Recipients
            .Select(recipient => Row(scope, AlarmPlace.Register, new AlarmMessage(AlarmMessageKind.Test, fault, []), route, recipient))
            .ToList();
        scope.Db.AddRange(rows);
        return [.. rows.Select(row => row.DeliveryId)];
    }

    /// <summary>A route by its id; null when there is none.</summary>
    public AlarmRoute? Find(string id) => setup.Routes.FirstOrDefault(route => route.Id == id);

    // The end is told to those who heard of the beginning; who has not heard yet, as by night, hears of neither.
    private void TellEnd(WriteScope scope, AlarmPlace place, AlarmMessage message)
    {
        var ofFault = scope.Db.Set<DeliveryRow>().Where(row => row.AlarmId == message.Fault.Id).ToList();
        foreach (var waiting in ofFault.Where(row => row is { State: DeliveryState.Waiting, Tries: 0 }))
        {
            scope.Db.Update(waiting with { State = DeliveryState.Dropped, DoneAt = scope.NowMs });
        }

        foreach (var heard in ofFault.Where(row => row.State == DeliveryState.Sent || row is { State: DeliveryState.Waiting, Tries: > 0 }).DistinctBy(row => (row.RouteId, row.Recipient)))
        {
            if (Find(heard.RouteId) is { } route)
            {
                scope.Db.Add(Row(scope, place, message, route, heard.Recipient) with { NextAt = route.Opens(scope.Now).ToUnixTimeMilliseconds() });
            }
        }
    }

    // That a channel is down cannot be told by that channel.
    private static bool IsItself(AlarmRoute route, Fault fault) => fault.Kind == AlarmKind.ChannelDown && fault.Subject == Subject(route.Channel);

    /// <summary>The subject of a channel's alarm.</summary>
    public static string Subject(string channel) => AlarmSubjects.OfRegister("channel", channel);

    private DeliveryRow Row(WriteScope scope, AlarmPlace place, AlarmMessage message, AlarmRoute route, string recipient)
    {
        var branch = core.Index.Branch(place.BranchId)?.Policy.Name is { Length: > 0 } name ? name : place.BranchId;
        var words = AlarmWriting.Write(message, branch, place, route.Language);
        return new DeliveryRow
        {
            DeliveryId = Guid.NewGuid().ToString("N"),
            Consortium = scope.Consortium,
            AlarmId = message.Fault.Id,
            RouteId = route.Id,
            Channel = route.Channel,
            Recipient = recipient,
            Kind = (int)message.Kind,
            Title = words.Subject,
            Body = words.Body,
            ShortText = words.Short,
            CreatedAt = scope.NowMs,
            NextAt = scope.NowMs,
        };
    }
}
