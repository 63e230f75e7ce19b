using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Alarms;

/// <summary>What a person must look at, who looks after it, and to whom it is told.</summary>
internal sealed class AlarmService(RegisterCore core, AlarmPages pages, AlarmDesk desk, AlarmSetup setup, IHostApplicationLifetime lifetime)
    : Protos.Register.V1.AlarmService.AlarmServiceBase
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TestPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TestLook = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public override Task<ListAlarmsResponse> ListAlarms(ListAlarmsRequest request, ServerCallContext context)
    {
        Field.Optional(request.NodeId, "node_id", Field.IdMax);
        return Task.FromResult(pages.List(request));
    }

    /// <inheritdoc/>
    public override async Task<AcknowledgeAlarmResponse> AcknowledgeAlarm(AcknowledgeAlarmRequest request, ServerCallContext context)
    {
        var id = Field.Required(request.AlarmId, "alarm_id", Field.IdMax);
        var note = Field.Optional(request.Note, "note", AlarmLimits.NoteMax);
        var language = pages.LanguageOf(request.Language);
        var row = await desk.AcknowledgeAsync(id, context.Caller().Name, note, context.CancellationToken);
        return new AcknowledgeAlarmResponse { Alarm = AlarmProto.Show(row, language) };
    }

    /// <inheritdoc/>
    public override async Task WatchAlarms(WatchAlarmsRequest request, IServerStreamWriter<WatchAlarmsResponse> responseStream, ServerCallContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(WatchEvery, core.Time);
        long? seen = null;
        do
        {
            var head = pages.Head();
            var changed = seen == head ? [] : pages.Changed(request, seen);
            foreach (var alarm in changed)
            {
                await responseStream.WriteAsync(new WatchAlarmsResponse { Alarm = alarm }, ended.Token);
            }

            seen = changed.Count < AlarmPages.WatchMax ? head : changed[^1].Version;
        }
        while (await timer.WaitForNextTickAsync(ended.Token));
    }

    /// <inheritdoc/>
    public override Task<ListAlarmRoutesResponse> ListAlarmRoutes(ListAlarmRoutesRequest request, ServerCallContext context)
    {
        var response = new ListAlarmRoutesResponse();
        response.Routes.AddRange(setup.Routes.Select(AlarmProto.Show));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<SendTestAlarmResponse> SendTestAlarm(SendTestAlarmRequest request, ServerCallContext context)
    {
        var ids = await desk.TestAsync(Field.Required(request.RouteId, "route_id", Field.IdMax), context.CancellationToken);
        var began = core.Time.GetTimestamp();
        var sent = pages.Deliveries(ids);
        while (sent.Any(row => row is { State: DeliveryState.Waiting, Tries: 0 }) && core.Time.GetElapsedTime(began) < TestPatience)
        {
            await Task.Delay(TestLook, core.Time, context.CancellationToken);
            sent = pages.Deliveries(ids);
        }

        return new SendTestAlarmResponse
        {
            Sent = sent.Count(row => row.State == DeliveryState.Sent),
            Waiting = sent.Count(row => row.State == DeliveryState.Waiting),
            Problem = sent.FirstOrDefault(row => row.Problem.Length > 0)?.Problem ?? "",
        };
    }
}
