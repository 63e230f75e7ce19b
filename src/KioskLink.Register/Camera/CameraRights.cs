using KioskLink.Register.Identity;

namespace KioskLink.Register.Camera;

/// <summary>Who may do what in the camera register (R69): viewers view, administrators and data-protection officers grant and compare.</summary>
internal static class CameraRights
{
    private static readonly CallRule[] Table =
    [
        new("CameraRegisterService/GrantCameraViewing", RoleSet.DataProtection, CallPurpose.None),
        new("CameraRegisterService/RevokeCameraGrant", RoleSet.DataProtection, CallPurpose.None),
        new("CameraRegisterService/ListCameraGrants", RoleSet.DataProtection | RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/StartCameraSession", RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/CompleteCameraSession", RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/ListCameraDeciders", RoleSet.DataProtection | RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/ListCameraSessions", RoleSet.DataProtection | RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/LinkCameraEvent", RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/ListCameraReferences", RoleSet.DataProtection | RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/TakeCameraCopy", RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/DeliverCameraCopy", RoleSet.DataProtection | RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/DestroyCameraCopy", RoleSet.DataProtection | RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/ListCameraCopies", RoleSet.DataProtection | RoleSet.CameraViewers, CallPurpose.None),
        new("CameraRegisterService/ListCameraAlarms", RoleSet.DataProtection, CallPurpose.None),
        new("CameraRegisterService/ReconcileCameraViews", RoleSet.DataProtection, CallPurpose.None),
        new("CameraRegisterService/ExportCameraSessions", RoleSet.DataProtection, CallPurpose.None),
    ];

    /// <summary>The rows of the table. The purposes of this register are its own reasons, which the calls name.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } = [.. Table.Select(rule => rule with { IsOfPeople = true })];
}
