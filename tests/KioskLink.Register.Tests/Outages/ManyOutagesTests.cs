using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Outages;
using NodaTime;
using static KioskLink.Protos.Types.V1.DecisionCode;
using LibraryService = KioskLink.Protos.Register.V1.LibraryService;
using OutageKind = KioskLink.Protos.Register.V1.OutageKind;

namespace KioskLink.Register.Tests.Outages;

/// <summary>However many breaks are planned, each that holds is in the facts by which doors decide (R86).</summary>
public sealed class ManyOutagesTests
{
    [Theory]
    [InlineData(OutageKind.Unplanned, 64)]
    [InlineData(OutageKind.Planned, 63)]
    public async Task R86_A_break_in_force_stays_with_64_planned_after_it(OutageKind kind, int nights)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var first = register.Now;
        Task<AddOutageResponse> AddAsync(int night) => register.Outages.AddOutage(Night(first, night), TestCall.Admin());
        var held = kind == OutageKind.Planned ? await AddAsync(0) : await register.Outages.AddOutage(OutageTests.Unplanned(LibraryService.Doors), TestCall.Admin());
        foreach (var night in Enumerable.Range(1, nights))
        {
            await AddAsync(night);
        }

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`outage.start_time`", () => AddAsync(nights + 1));
        Assert.Equal(Maintenance, (await register.EnterAsync(card)).Code);
        await register.RestartAsync();
        Assert.Equal(Maintenance, (await register.EnterAsync(card)).Code);
        Assert.Contains(held.Outage.Id, register.Core.Index.Branch(TestRegister.Main)!.Facts.Branch.Maintenance.Select(window => window.Id));

        await register.Outages.EndOutage(new EndOutageRequest { OutageId = held.Outage.Id }, TestCall.Admin());
        register.Time.SetWallClock((first + Duration.FromHours(34)).ToDateTimeOffset());
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        await AddAsync(nights + 1);
        foreach (var night in Enumerable.Range(2, nights))
        {
            register.Time.SetWallClock((first + Duration.FromDays(night) + Duration.FromHours(1)).ToDateTimeOffset());
            Assert.Equal(Maintenance, (await register.EnterAsync(card)).Code);
        }
    }

    [Fact]
    public async Task R86_What_holds_and_what_comes_next_has_its_place_in_the_facts_before_what_is_over_and_what_comes_later()
    {
        await using var register = await TestRegister.StartAsync();
        var now = register.Now;
        await register.Core.Lane.WriteAsync(scope =>
        {
            foreach (var night in Enumerable.Range(-70, 141))
            {
                var terms = OutageProto.Read(Night(now, night).Outage, register.Profile, now);
                scope.Db.Add(new OutageRow { OutageId = $"{night}", Consortium = scope.Consortium }.With(terms));
            }

            scope.Touch(EntityId.Branch(TestRegister.Main), priority: true);
        });

        var held = register.Core.Index.Branch(TestRegister.Main)!.Facts.Branch.Maintenance.Select(window => window.Id);

        Assert.Equal(Enumerable.Range(0, 64).Select(night => $"{night}"), held);
    }

    // Shuts the doors for ten hours, so many days from an instant.
    private static AddOutageRequest Night(Instant first, int night) => OutageTests.Planned(first, outage =>
    {
        outage.StartTime = (first + Duration.FromDays(night)).ToProto();
        outage.EndTime = (first + Duration.FromDays(night) + Duration.FromHours(10)).ToProto();
        outage.Services.Add(LibraryService.Doors);
    });
}
