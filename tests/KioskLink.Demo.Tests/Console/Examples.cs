using Grpc.Core;
using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>What the demo has not and pages are about: an application, a request of a data subject, a camera session.</summary>
/// <param name="Application">An application that waits for staff.</param>
/// <param name="Request">An open request.</param>
/// <param name="CameraSession">A session whose record is missing.</param>
/// <param name="Adult">The address of a patron.</param>
/// <param name="Child">The address of a child.</param>
/// <param name="Reader">The address of a patron with consents and messages.</param>
/// <param name="Attempt">An attempt at a door.</param>
public sealed record Examples(string Application, long Request, string CameraSession, string Adult, string Child, string Reader, string Attempt)
{
    /// <summary>Makes them.</summary>
    /// <param name="register">The register, as its operator.</param>
    /// <param name="viewer">A page of a camera viewer.</param>
    /// <param name="user">The viewer's user name.</param>
    /// <param name="desk">A page of somebody who may look for patrons.</param>
    internal static async Task<Examples> MakeAsync(ChannelBase register, IPage viewer, string user, IPage desk)
    {
        var applications = new ApplicationService.ApplicationServiceClient(register);
        var application = await applications.SubmitApplicationAsync(new SubmitApplicationRequest
        {
            Applicant = new Applicant { Surname = "Esimerkki", FirstNames = "Aino", DateOfBirth = "1977-03-17", Municipality = "Lahti", Channel = "web", Reference = "esimerkki-1" },
        });
        await applications.ProcessApplicationsAsync(new ProcessApplicationsRequest());
        var request = await new DataSubjectService.DataSubjectServiceClient(register).OpenRequestAsync(
            new OpenRequestRequest { CustomerId = "demo-bjorn", Kind = RequestKind.Rectify, Channel = "desk" });
        await new CameraRegisterService.CameraRegisterServiceClient(register).GrantCameraViewingAsync(new GrantCameraViewingRequest { Grant = CameraRight.For(user) });
        await CameraRight.BeginAsync(viewer, "Ilkivalta hyllyjen välissä");
        var attempts = await new AccessService.AccessServiceClient(register).ListAttemptsAsync(new ListAttemptsRequest { BranchId = Pages.Branch, PageSize = 1 });
        return new Examples(
            application.Application.Id, request.Request.Id, new Uri(viewer.Url).Segments[^1],
            await desk.GoToPatronAsync("demo-kaisa"), await desk.GoToPatronAsync("demo-nuppu"), await desk.GoToPatronAsync("demo-kerttu"),
            attempts.Attempts[0].AttemptId);
    }
}
